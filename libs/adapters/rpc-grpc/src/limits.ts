/** Every bound of this adapter, with its unit in its name. Server and client agree on them. */

/** One message, either way. Bulk goes by stream. */
export const maxMessageBytes = 4 * 1024 * 1024;
/** Calls at work on one connection; the client waits with more. */
export const maxStreamsPerConnection = 10_000;
/** Streams of the server, watches above all, that one officer, one office or one address without an office has open. */
export const maxStreamsPerCaller = 256;
/** Of all officers of one office together: their names are what the office says they are. */
export const maxStreamsPerOffice = 1_024;
/** A caller whose connection was cut without a word is noticed: it is asked so often, and is gone when it does not answer within the other. */
export const askAfterMs = 60_000;
export const answerWithinMs = 20_000;
/** `lienthong-office` and `lienthong-officer`. */
export const maxCallerCharacters = 100;
/** What is told of a decoder's complaint. */
export const maxProblemCharacters = 200;
/** A refused client stream is heard so long, so that a broken first message gets its own reason. */
export const refusedStreamMs = 1_000;
/** Calls at work get so long to end after `stop`; what is left is cut off. */
export const stopGraceMs = 5_000;
/** What was cut off is gone so soon; whoever stops waits no longer for it. */
export const cutOffWithinMs = 500;
/** Deadline of a call when its caller names none. Watches have none. */
export const defaultDeadlineMs = 10_000;
/** A client tries a lost connection again so soon, then doubling up to the longest: an instance that is back is used within it. The documented policy names both. */
export const firstReconnectMs = 100;
export const maxReconnectMs = 1_000;
