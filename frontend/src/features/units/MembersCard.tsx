import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { UserMinus, UserPlus } from "lucide-react";
import { useState } from "react";
import { useProblemText } from "@/shared/api";
import type { Unit } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { PersonPicker } from "@/shared/people";
import { Button, Card, Dialog, ErrorNote, IconButton, Loading, toast } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { addMember, membersQuery, removeMember } from "./api/units";

/** Who belongs to a unit. */
export function MembersCard({ unit }: { unit: Unit }) {
  const { t } = useTranslation("units");
  const problem = useProblemText();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const members = useInfiniteQuery(membersQuery(unit.id));
  const rows = members.data?.pages.flatMap((page) => page.items) ?? [];
  const refresh = () =>
    void queries.invalidateQueries({ queryKey: membersQuery(unit.id).queryKey });
  const add = useMutation({
    mutationFn: (accountId: string) => addMember(unit.id, accountId),
    onSuccess: refresh,
    onError: (error) => toast(problem(error), "danger"),
  });
  const remove = useMutation({
    mutationFn: (accountId: string) => removeMember(unit.id, accountId),
    onSuccess: refresh,
    onError: (error) => toast(problem(error), "danger"),
  });
  return (
    <Card
      title={t("members")}
      actions={
        !unit.archived && (
          <Button size="sm" icon={<UserPlus aria-hidden />} onClick={() => setAdding(true)}>
            {t("addMember")}
          </Button>
        )
      }
    >
      {members.error && <ErrorNote error={members.error} onRetry={() => void members.refetch()} />}
      {members.isPending && <Loading />}
      {members.data && rows.length === 0 && <p className="text-muted">{t("noMembers")}</p>}
      {rows.length > 0 && (
        <>
          <ul className="flex flex-col divide-y divide-line">
            {rows.map((person) => (
              <li key={person.id} className="flex items-center justify-between gap-3 py-1.5">
                <span className="min-w-0">
                  <span className="font-medium">{person.display_name}</span>
                  <span className="tabular ms-2 text-sm text-muted">{person.number}</span>
                </span>
                <IconButton
                  size="sm"
                  icon={<UserMinus aria-hidden />}
                  label={t("removeMember", { name: person.display_name })}
                  busy={remove.isPending && remove.variables === person.id}
                  onClick={() => remove.mutate(person.id)}
                />
              </li>
            ))}
          </ul>
          <MoreRows
            shown={rows.length}
            more={members.hasNextPage}
            busy={members.isFetchingNextPage}
            onMore={() => void members.fetchNextPage()}
          />
        </>
      )}
      {adding && (
        <Dialog
          open
          onOpenChange={(wanted) => !wanted && setAdding(false)}
          title={t("addMemberTo", { name: unit.name })}
          actions={
            <Button look="primary" onClick={() => setAdding(false)}>
              {t("doneAdding")}
            </Button>
          }
        >
          <PersonPicker
            label={t("searchPeople")}
            chosen={new Set(rows.map((person) => person.id))}
            onChoose={(person) => add.mutate(person.id)}
          />
        </Dialog>
      )}
    </Card>
  );
}
