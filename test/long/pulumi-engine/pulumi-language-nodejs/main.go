// A minimal Node.js language host for tests: runs @pulumi/pulumi/cmd/run for
// programs and cmd/run-policy-pack for policy packs, over Pulumi's public protocol.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	sdk "github.com/pulumi/pulumi/sdk/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engine string
}

func (h *host) Handshake(_ context.Context, r *pulumirpc.LanguageHandshakeRequest) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.engine = r.GetEngineAddress()
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: sdk.Version.String()}, nil
}

func (h *host) GetRequiredPackages(context.Context, *pulumirpc.GetRequiredPackagesRequest) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

func (h *host) GetRequiredPlugins(context.Context, *pulumirpc.GetRequiredPluginsRequest) (*pulumirpc.GetRequiredPluginsResponse, error) {
	return &pulumirpc.GetRequiredPluginsResponse{}, nil
}

func (h *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// resolve finds a module's file as seen from dir, as Node would.
func resolve(dir, module string) (string, error) {
	cmd := exec.Command("node", "-e", "console.log(require.resolve(process.argv[1]))", module)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s cannot be found from %s: install its dependencies", module, dir)
	}
	return strings.TrimSpace(string(out)), nil
}

// configEnv gives the two variables that the Node.js SDK reads configuration from.
func configEnv(config map[string]string, secrets []string) ([]string, error) {
	if config == nil {
		config = map[string]string{}
	}
	if secrets == nil {
		secrets = []string{}
	}
	c, err := json.Marshal(config)
	if err != nil {
		return nil, err
	}
	s, err := json.Marshal(secrets)
	if err != nil {
		return nil, err
	}
	return []string{"PULUMI_CONFIG=" + string(c), "PULUMI_CONFIG_SECRET_KEYS=" + string(s)}, nil
}

func typescript(info *pulumirpc.ProgramInfo) string {
	if v, ok := info.GetOptions().AsMap()["typescript"].(bool); ok && !v {
		return "false"
	}
	return "true"
}

func nodeArgs(info *pulumirpc.ProgramInfo) []string {
	if v, ok := info.GetOptions().AsMap()["nodeargs"].(string); ok {
		return strings.Fields(v)
	}
	return nil
}

func (h *host) Run(ctx context.Context, r *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	info := r.GetInfo()
	script, err := resolve(info.GetProgramDirectory(), "@pulumi/pulumi/cmd/run")
	if err != nil {
		return nil, err
	}
	args := append(nodeArgs(info), script)
	for _, p := range [][2]string{
		{"monitor", r.GetMonitorAddress()}, {"engine", h.engine},
		{"organization", r.GetOrganization()}, {"project", r.GetProject()},
		{"root-directory", info.GetRootDirectory()}, {"stack", r.GetStack()},
		{"pwd", r.GetPwd()}, {"parallel", fmt.Sprint(r.GetParallel())},
	} {
		if p[1] != "" {
			args = append(args, "--"+p[0], p[1])
		}
	}
	if r.GetDryRun() {
		args = append(args, "--dry-run")
	}
	entry := filepath.Join(info.GetProgramDirectory(), info.GetEntryPoint())
	args = append(append(args, entry), r.GetArgs()...)
	env, err := configEnv(r.GetConfig(), r.GetConfigSecretKeys())
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "node", args...)
	cmd.Dir = r.GetPwd()
	cmd.Env = append(append(os.Environ(), env...), "PULUMI_NODEJS_TYPESCRIPT="+typescript(info))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit) && exit.ExitCode() == 32: // the program has said why
		return &pulumirpc.RunResponse{Bail: true}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("program failed: %v", err)}, nil
	}
}

type streamWriter struct {
	mu   *sync.Mutex
	send func([]byte) error
}

func (w streamWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(b), w.send(append([]byte(nil), b...))
}

func (h *host) RunPlugin(r *pulumirpc.RunPluginRequest, s grpc.ServerStreamingServer[pulumirpc.RunPluginResponse]) error {
	ctx := s.Context()
	var mu sync.Mutex
	stdout := io.Writer(streamWriter{&mu, func(b []byte) error {
		return s.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: b}})
	}})
	stderr := io.Writer(streamWriter{&mu, func(b []byte) error {
		return s.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: b}})
	}})
	dir := r.GetInfo().GetProgramDirectory()
	env := append(append([]string(nil), r.GetEnv()...), "PULUMI_NODEJS_TYPESCRIPT="+typescript(r.GetInfo()))
	var cmd *exec.Cmd
	var wait func() error
	if r.GetKind() == "analyzer" {
		script, err := resolve(dir, "@pulumi/pulumi/cmd/run-policy-pack")
		if err != nil {
			return err
		}
		proxy, packOut, err := sdk.NewPolicyProxy(ctx, stdout)
		if err != nil {
			return err
		}
		stack, err := proxy.AwaitConfiguration(ctx)
		if err != nil {
			return err
		}
		if stack != nil {
			conf, err := configEnv(stack.GetConfig(), stack.GetConfigSecretKeys())
			if err != nil {
				return err
			}
			env = append(env, conf...)
			env = append(env, "PULUMI_NODEJS_ORGANIZATION="+stack.GetOrganization(),
				"PULUMI_NODEJS_PROJECT="+stack.GetProject(), "PULUMI_NODEJS_STACK="+stack.GetStack(),
				fmt.Sprintf("PULUMI_NODEJS_DRY_RUN=%v", stack.GetDryRun()))
		}
		args := append(nodeArgs(r.GetInfo()), script)
		args = append(append(args, r.GetArgs()...), dir)
		cmd = exec.CommandContext(ctx, "node", args...)
		cmd.Stdout = packOut
		wait = func() error { return proxy.Attach(ctx, cmd) }
	} else {
		script, err := resolve(dir, "@pulumi/pulumi/cmd/run-plugin")
		if err != nil {
			return err
		}
		cmd = exec.CommandContext(ctx, "node", append(append(nodeArgs(r.GetInfo()), script, dir), r.GetArgs()...)...)
		cmd.Stdout = stdout
		wait = func() error { return cmd.Wait() }
	}
	cmd.Dir, cmd.Env, cmd.Stderr = dir, env, stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	err := wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return s.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(exit.ExitCode())}})
	}
	return err
}

func main() {
	flag.String("tracing", "", "")
	if flag.Lookup("logflow") == nil {
		flag.Bool("logflow", false, "")
	}
	flag.Parse()
	h := &host{engine: flag.Arg(0)}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Init: func(srv *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(srv, h)
			return nil
		},
	})
	if err == nil {
		fmt.Printf("%d\n", handle.Port)
		err = <-handle.Done
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
