export { type Clock, clock, type Monotonic, ServerClock } from "./clock";
export { clockFace, endMoment, inWords, moment } from "./format";
export { useNow } from "./useNow";
export { usePast } from "./usePast";
export { deviceZone, instantOf, timeZones, wallTime, zoneLabel, zoneOffsetMinutes } from "./zone";
