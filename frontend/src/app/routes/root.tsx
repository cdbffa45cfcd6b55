import { createRootRoute } from "@tanstack/react-router";
import { Root } from "../shell/Root";

export const rootRoute = createRootRoute({ component: Root });
