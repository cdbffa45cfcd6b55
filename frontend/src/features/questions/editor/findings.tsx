import { createContext, type FocusEvent, type ReactNode, use, useCallback, useState } from "react";
import type { FieldFinding } from "@/shared/api";
import { useFindingText } from "@/shared/authoring/findingText";

/** What the server says is wrong, and where the author has been: an empty field that nobody reached isn't scolded. */
interface Findings {
  list: readonly FieldFinding[];
  isShown: (path: string) => boolean;
}

const FindingsContext = createContext<Findings>({ list: [], isShown: () => true });

export function FindingsProvider({
  findings,
  showAll,
  children,
}: {
  findings: readonly FieldFinding[];
  /** Whether fields that nobody touched are complained of too. */
  showAll: boolean;
  children: ReactNode;
}) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const onBlur = useCallback((event: FocusEvent<HTMLElement>) => {
    const path = event.target.closest<HTMLElement>("[data-spot]")?.dataset["spot"];
    if (path !== undefined)
      setTouched((before) => (before.has(path) ? before : new Set(before).add(path)));
  }, []);
  const isShown = useCallback((path: string) => showAll || touched.has(path), [showAll, touched]);
  return (
    <FindingsContext value={{ list: findings, isShown }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving any field inside is noticed here; nothing is to be done with the element itself */}
      <div className="contents" onBlur={onBlur}>
        {children}
      </div>
    </FindingsContext>
  );
}

/** A place that findings are about; its child is handed the sentence to show. */
export function Spot({
  path,
  className,
  children,
}: {
  path: string;
  className?: string;
  children: (error: string | undefined) => ReactNode;
}) {
  return (
    <div data-spot={path} className={className ?? "min-w-0"}>
      {children(useFinding(path))}
    </div>
  );
}

/** The sentence for one place, once it is time to say it. */
export function useFinding(path: string): string | undefined {
  const { list, isShown } = use(FindingsContext);
  const text = useFindingText();
  const found = list.find((finding) => finding.field === path);
  return found !== undefined && isShown(path) ? text(found) : undefined;
}

/** A path and those around it, the innermost first: `a.b[2].text`, `a.b[2]`, `a.b`, `a`. */
function around(path: string): string[] {
  const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => index).reverse();
  return [path, ...ends.map((end) => path.slice(0, end))];
}

/** Brings the author to the place of a finding: the field itself, or the nearest thing around it. */
export function goTo(path: string): void {
  const spots = [...document.querySelectorAll<HTMLElement>("[data-spot]")];
  const named = (name: string) => spots.find((spot) => spot.dataset["spot"] === name);
  const spot = around(path)
    .map(named)
    .find((found) => found !== undefined);
  if (spot === undefined) return;
  for (
    let closed = spot.closest<HTMLDetailsElement>("details:not([open])");
    closed !== null;
    closed = spot.closest<HTMLDetailsElement>("details:not([open])")
  )
    closed.open = true;
  spot.scrollIntoView({ block: "center" });
  // What is said of a list as a whole has no field of its own: the first of the list serves.
  const near = [spot, spot.closest("fieldset") ?? spot];
  ["textarea, input, select", "button"]
    .flatMap((kind) => near.map((one) => one.querySelector<HTMLElement>(kind)))
    .find((control) => control !== null)
    ?.focus({ preventScroll: true });
}
