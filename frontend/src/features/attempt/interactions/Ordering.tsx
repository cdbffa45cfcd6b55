import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { plainText, RichText } from "@/shared/rich";
import { announce, Button, IconButton } from "@/shared/ui";
import type { InteractionProps } from "./types";

/** Things to put in order: by buttons, by arrow keys on the handle, or by dragging it with mouse or finger. */
export function Ordering({
  interaction,
  response,
  onChange,
  askedBy,
}: InteractionProps<"ordering">) {
  const { t } = useTranslation("attempt");
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const answered = response.order.length > 0;
  const given = interaction.items.map((item) => item.id);
  // An answer to an older form of the question may lack an item: it goes to the end.
  const order = answered
    ? [...response.order, ...given.filter((id) => !response.order.includes(id))]
    : given;
  const items = order.flatMap((id) => interaction.items.find((item) => item.id === id) ?? []);

  const move = (id: string, to: number, speak: boolean) => {
    if (to < 0 || to >= items.length) return;
    const next = items.map((item) => item.id).filter((other) => other !== id);
    next.splice(to, 0, id);
    onChange({ type: "ordering", order: next });
    const item = interaction.items.find((one) => one.id === id);
    if (speak && item)
      announce(
        t("ordering.moved", { item: plainText(item.html), place: to + 1, of: items.length }),
      );
  };
  const placeUnder = (y: number) => {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const below = rows.findIndex((row) => y < row.top + row.height / 2);
    return below < 0 ? rows.length - 1 : below;
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
                "flex items-center gap-2 rounded-lg border bg-surface py-2 pe-2 ps-1",
                answered ? "border-line" : "border-dashed border-edge",
                dragged === item.id && "border-accent bg-accent-soft shadow-raised",
              )}
            >
              <button
                type="button"
                aria-label={t("ordering.handle", {
                  item: name,
                  place: index + 1,
                  of: items.length,
                })}
                className="cursor-grab touch-none rounded p-2 text-muted active:cursor-grabbing"
                onKeyDown={(event) => {
                  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                  if (step === undefined) return;
                  event.preventDefault();
                  move(item.id, index + step, true);
                }}
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDragged(item.id);
                }}
                onPointerMove={(event) => {
                  if (dragged !== item.id) return;
                  const to = placeUnder(event.clientY);
                  if (to !== index) move(item.id, to, false);
                }}
                onPointerUp={() => setDragged(null)}
                onPointerCancel={() => setDragged(null)}
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
                label={t("ordering.up", { item: name })}
                icon={<ArrowUp aria-hidden />}
                disabled={index === 0}
                onClick={() => move(item.id, index - 1, true)}
              />
              <IconButton
                label={t("ordering.down", { item: name })}
                icon={<ArrowDown aria-hidden />}
                disabled={index === items.length - 1}
                onClick={() => move(item.id, index + 1, true)}
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
