import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { plainText, RichText } from "@/shared/rich";
import { announce, Button, IconButton } from "@/shared/ui";
import type { InteractionProps } from "./types";

/** What was used to move an item, so that it keeps the focus on the item's way. */
type Grip = "handle" | "up" | "down";

/** Things to put in order: by buttons, by arrow keys on the handle, or by dragging it with mouse or finger. */
export function Ordering({
  interaction,
  response,
  onChange,
  askedBy,
}: InteractionProps<"ordering">) {
  const { t } = useTranslation("attempt");
  const list = useRef<HTMLOListElement>(null);
  const grips = useRef(new Map<string, HTMLButtonElement>());
  const moved = useRef<{ id: string; grip: Grip } | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const answered = response.order.length > 0;
  const given = interaction.items.map((item) => item.id);
  // An answer to an older form of the question may lack an item: it goes to the end.
  const order = answered
    ? [...response.order, ...given.filter((id) => !response.order.includes(id))]
    : given;
  const items = order.flatMap((id) => interaction.items.find((item) => item.id === id) ?? []);

  const move = (id: string, to: number, grip: Grip | null) => {
    if (to < 0 || to >= items.length) return;
    const next = items.map((item) => item.id).filter((other) => other !== id);
    next.splice(to, 0, id);
    onChange({ type: "ordering", order: next });
    if (grip === null) return;
    moved.current = { id, grip };
    const item = interaction.items.find((one) => one.id === id);
    if (item)
      announce(
        t("ordering.moved", { item: plainText(item.html), place: to + 1, of: items.length }),
      );
  };

  // A layout effect, because an element that changes its place in the page loses the focus, and should have it back
  // before anybody notices.
  useLayoutEffect(() => {
    if (moved.current === null) return;
    const { id, grip } = moved.current;
    moved.current = null;
    const used = grips.current.get(`${id} ${grip}`);
    const target = used?.disabled === false ? used : grips.current.get(`${id} handle`);
    target?.focus();
  });

  const drag = useEffectEvent((y: number) => {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const below = rows.findIndex((row) => y < row.top + row.height / 2);
    const from = items.findIndex((item) => item.id === dragged);
    // The row's own half is left out: a row has to be passed by its middle before it makes way.
    const to = below < 0 ? rows.length - 1 : below > from ? below - 1 : below;
    if (dragged !== null && to !== from) move(dragged, to, null);
  });
  // An effect, because a dragged row changes its place in the page, and then only the window still hears the pointer.
  useEffect(() => {
    if (dragged === null) return;
    const pointerMoved = (event: PointerEvent) => drag(event.clientY);
    const letGo = () => setDragged(null);
    window.addEventListener("pointermove", pointerMoved);
    window.addEventListener("pointerup", letGo);
    window.addEventListener("pointercancel", letGo);
    return () => {
      window.removeEventListener("pointermove", pointerMoved);
      window.removeEventListener("pointerup", letGo);
      window.removeEventListener("pointercancel", letGo);
    };
  }, [dragged]);

  const keep = (key: string) => (element: HTMLButtonElement | null) => {
    if (element === null) grips.current.delete(key);
    else grips.current.set(key, element);
  };

  return (
    <div role="group" aria-labelledby={askedBy} className="flex flex-col items-start gap-3">
      <ol ref={list} className="flex w-full flex-col gap-2">
        {items.map((item, index) => {
          const name = plainText(item.html);
          return (
            <li
              key={item.id}
              className={cx(
                "flex items-center gap-2 rounded-lg border bg-surface py-2 ps-1 pe-2",
                answered ? "border-line" : "border-dashed border-edge",
                dragged === item.id && "border-accent bg-accent-soft shadow-raised",
              )}
            >
              <button
                ref={keep(`${item.id} handle`)}
                type="button"
                aria-label={t("ordering.handle", {
                  item: name,
                  place: index + 1,
                  of: items.length,
                })}
                className="cursor-grab touch-none rounded p-2 text-muted select-none active:cursor-grabbing disabled:cursor-not-allowed"
                onKeyDown={(event) => {
                  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                  if (step === undefined) return;
                  event.preventDefault();
                  move(item.id, index + step, "handle");
                }}
                onPointerDown={() => setDragged(item.id)}
              >
                <GripVertical aria-hidden className="size-5" />
              </button>
              <span aria-hidden="true" className="tabular w-6 text-end font-semibold text-muted">
                {index + 1}
              </span>
              <span className="min-w-0 flex-1 ps-1">
                <RichText html={item.html} inline />
              </span>
              <IconButton
                ref={keep(`${item.id} up`)}
                label={t("ordering.up", { item: name })}
                icon={<ArrowUp aria-hidden />}
                disabled={index === 0}
                onClick={() => move(item.id, index - 1, "up")}
              />
              <IconButton
                ref={keep(`${item.id} down`)}
                label={t("ordering.down", { item: name })}
                icon={<ArrowDown aria-hidden />}
                disabled={index === items.length - 1}
                onClick={() => move(item.id, index + 1, "down")}
              />
            </li>
          );
        })}
      </ol>
      {answered ? (
        <Button look="quiet" size="sm" onClick={() => onChange({ type: "ordering", order: [] })}>
          {t("ordering.reset")}
        </Button>
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button size="sm" onClick={() => onChange({ type: "ordering", order })}>
            {t("ordering.keep")}
          </Button>
          <span className="text-sm text-muted">{t("ordering.untouched")}</span>
        </div>
      )}
    </div>
  );
}
