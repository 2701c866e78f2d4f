import { declareStore } from './store';

const { ui, services } = declareStore();

/** Where customers find the store. */
export const url = ui.url;

/** How long a pod of each service is given to end, in seconds. */
export const gracePeriods = Object.fromEntries(services.map(({ name, plan }) => [name, plan.find('terminationGracePeriod').value]));
