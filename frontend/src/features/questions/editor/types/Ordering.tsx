import { moved, SortableList } from "@/shared/authoring/SortableList";
import { useTranslation } from "@/shared/i18n";
import { RadioGroup } from "@/shared/ui";
import { addItem, inKeyOrder, type OrderingPair, removeItem, withText } from "../../model/parts";
import { AddButton, Group, Letter, ListFinding, PartText, RemoveButton, snippet } from "../parts";
import type { TypeProps } from "./props";

const ITEMS_MAX = 40;
const ITEMS_MIN = 2;
const RULES = ["exact", "adjacent_pairs", "relative"] as const;

/** The things to put in order. They are listed as the key has them, because their own order says nothing. */
export function OrderingBody({ body, scheme, onChange }: TypeProps<"ordering">) {
  const { t } = useTranslation("questions");
  const pair: OrderingPair = { body, scheme };
  return (
    <Group
      title={t("ordering.items")}
      lead={t("ordering.itemsLead")}
      actions={
        <AddButton
          onClick={() => onChange(addItem(pair))}
          disabled={body.items.length >= ITEMS_MAX}
        >
          {t("ordering.add")}
        </AddButton>
      }
    >
      {inKeyOrder(pair).map((item, place) => {
        const name = t("ordering.item", { number: place + 1 });
        return (
          <div key={item.id} className="flex items-start gap-1">
            <PartText
              path={`question.body.items[${body.items.indexOf(item)}].text`}
              label={name}
              value={item.text}
              onChange={(text) =>
                onChange({ body: { ...body, items: withText(body.items, item.id, text) }, scheme })
              }
            />
            <RemoveButton
              label={t("option.remove", { name })}
              disabled={body.items.length <= ITEMS_MIN}
              onClick={() => onChange(removeItem(pair, item.id))}
            />
          </div>
        );
      })}
      <ListFinding path="question.body.items" />
    </Group>
  );
}

export function OrderingKeyEditor({ body, scheme, onChange }: TypeProps<"ordering">) {
  const { t } = useTranslation("questions");
  const items = inKeyOrder({ body, scheme });
  return (
    <>
      <Group title={t("ordering.order")} lead={t("ordering.orderLead")}>
        <SortableList
          label={t("ordering.order")}
          items={items}
          itemKey={(item) => item.id}
          itemName={(item, place) =>
            snippet(item.text) || t("ordering.item", { number: place + 1 })
          }
          onMove={(from, to) =>
            onChange({
              body,
              scheme: { ...scheme, order: moved(items, from, to).map((item) => item.id) },
            })
          }
          className="gap-1.5!"
        >
          {(item, place, handle) => (
            <div className="flex items-center gap-1 rounded-md border border-line bg-surface pe-3">
              {handle}
              <Letter>{place + 1}</Letter>
              <span className="min-w-0 break-words">
                {snippet(item.text) || <em className="text-muted">{t("option.empty")}</em>}
              </span>
            </div>
          )}
        </SortableList>
        <ListFinding path="key.scheme.order" />
      </Group>
      <RadioGroup
        label={t("key.marking")}
        value={scheme.rule ?? "exact"}
        options={RULES.map((rule) => ({
          value: rule,
          label: t(`ordering.rules.${rule}.label`),
          hint: t(`ordering.rules.${rule}.hint`),
        }))}
        onChange={(rule) => onChange({ body, scheme: { ...scheme, rule } })}
      />
    </>
  );
}
