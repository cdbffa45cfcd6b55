import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** Around every page: after a change of page the heading takes the focus, so that it is read out. */
export function Root() {
  const path = useRouterState({
    select: (state) => (state.status === "idle" ? state.resolvedLocation?.pathname : undefined),
  });
  const last = useRef<string | undefined>(undefined);
  // An effect, because focus follows a page that has been drawn.
  useEffect(() => {
    if (path === undefined || path === last.current) return;
    const first = last.current === undefined;
    last.current = path;
    if (!first) document.querySelector<HTMLElement>("main h1[tabindex='-1']")?.focus();
  }, [path]);
  return <Outlet />;
}
