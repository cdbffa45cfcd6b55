import { useMutation } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { ApiError } from "@/shared/api";
import type { FoundPerson } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { PersonPicker } from "@/shared/people";
import { Button, Checkbox, Dialog, ErrorNote, toast } from "@/shared/ui";
import { addToRoster } from "./api/changeRoster";

/** Finds people who have accounts and puts them on the roster. */
export function AddPeopleDialog({
  sittingId,
  listed,
  onDone,
  onClose,
}: {
  sittingId: string;
  /** Ids of people who are known to be on the roster. */
  listed: ReadonlySet<string>;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("roster");
  const common = useTranslation("common");
  const [people, setPeople] = useState<FoundPerson[]>([]);
  const [allowClash, setAllowClash] = useState(false);
  const add = useMutation({
    mutationFn: () =>
      addToRoster(
        sittingId,
        people.map(({ id }) => id),
        allowClash,
      ),
    onSuccess: ({ enrolled }) => {
      toast(t("adding.done", { count: enrolled }));
      onDone();
    },
  });
  const clash = add.error instanceof ApiError && /clash/.test(add.error.code);
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && !add.isPending && onClose()}
      title={t("adding.title")}
      description={t("adding.lead")}
      actions={
        <>
          <Button onClick={onClose}>{common.t("cancel")}</Button>
          <Button
            look="primary"
            disabled={people.length === 0}
            busy={add.isPending}
            onClick={() => add.mutate()}
          >
            {t("adding.add", { count: people.length })}
          </Button>
        </>
      }
    >
      <div className="mt-4 flex flex-col gap-4">
        {add.error && <ErrorNote error={add.error} />}
        {clash && (
          <Checkbox
            label={t("importing.allowClash")}
            hint={t("importing.allowClashHint")}
            checked={allowClash}
            onChange={setAllowClash}
          />
        )}
        {people.length > 0 && (
          <ul aria-label={t("adding.chosen")} className="flex flex-wrap gap-2">
            {people.map((person) => (
              <li
                key={person.id}
                className="inline-flex items-center gap-1 rounded-full bg-accent-soft py-0.5 ps-3 pe-1 text-sm font-medium text-accent"
              >
                {person.display_name}
                <button
                  type="button"
                  aria-label={t("adding.remove", { name: person.display_name })}
                  onClick={() => setPeople(people.filter((one) => one !== person))}
                  className="rounded-full p-1 hover:bg-surface"
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <PersonPicker
          label={t("adding.search")}
          chosen={new Set([...listed, ...people.map(({ id }) => id)])}
          onChoose={(person) => setPeople([...people, person])}
        />
      </div>
    </Dialog>
  );
}
