import { setupServer } from "msw/node";

/** The server as tests see it: knows nothing until a test says so. */
export const server = setupServer();
