export { reconnectAfter } from "./reconnect";
export { useSittingHints } from "./useSittingHints";
export { watchSitting } from "./watchSitting";
