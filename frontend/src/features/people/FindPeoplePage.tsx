import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { KeyRound, LockOpen, MoreHorizontal, UsersRound } from "lucide-react";
import { useState } from "react";
import { useProblemText } from "@/shared/api";
import { useMay } from "@/shared/api/permissions";
import type { ActivationCode, FoundPerson } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useSettled } from "@/shared/lib/useSettled";
import { findPeople } from "@/shared/people";
import {
  EmptyState,
  ErrorNote,
  IconButton,
  Loading,
  Menu,
  MenuItem,
  PageHeader,
  SearchField,
  Table,
  toast,
} from "@/shared/ui";
import { ConfirmDialog, MoreRows } from "@/shared/ui/dense";
import { ActivationDialog } from "./ActivationDialog";
import { resetPassword } from "./api/resetPassword";
import { unlockAccount } from "./api/unlockAccount";
import { StatusBadge } from "./StatusBadge";

/** People whom an officer or invigilator may find, and help to sign in. */
export function FindPeoplePage() {
  const { t } = useTranslation("people");
  const may = useMay();
  const problem = useProblemText();
  const [words, setWords] = useState("");
  const [asking, setAsking] = useState<FoundPerson | null>(null);
  const [given, setGiven] = useState<{ person: FoundPerson; code: ActivationCode } | null>(null);
  const settled = useSettled(words.trim());
  const people = useInfiniteQuery({
    queryKey: ["people", "list", settled],
    queryFn: ({ pageParam }) => findPeople(settled, pageParam ?? undefined),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  const reset = useMutation({
    mutationFn: (person: FoundPerson) => resetPassword(person.id),
    onSuccess: (code, person) => {
      setAsking(null);
      setGiven({ person, code });
    },
  });
  const unlock = useMutation({
    mutationFn: (person: FoundPerson) => unlockAccount(person.id),
    onSuccess: () => toast(t("unlocked")),
    onError: (error) => toast(problem(error), "danger"),
  });
  return (
    <>
      <PageHeader title={t("find.title")} lead={t("find.lead")} />
      <SearchField
        label={t("search")}
        value={words}
        onChange={setWords}
        className="mb-4 max-w-xl"
      />
      {people.error && <ErrorNote error={people.error} onRetry={() => void people.refetch()} />}
      {people.isPending && <Loading />}
      {people.data && (
        <>
          <Table
            caption={t("find.title")}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                key: "name",
                header: t("name"),
                heading: true,
                cell: (row: FoundPerson) => row.display_name,
              },
              { key: "number", header: t("number"), cell: (row) => row.number },
              {
                key: "username",
                header: t("username"),
                cell: (row) => row.username,
                wideOnly: true,
              },
              {
                key: "status",
                header: t("status"),
                cell: (row) => <StatusBadge status={row.status} />,
              },
              ...(may("resetPasswords")
                ? [
                    {
                      key: "acts",
                      atHand: true,
                      header: <span className="sr-only">{t("more")}</span>,
                      numeric: true,
                      cell: (row: FoundPerson) => (
                        <Menu
                          label={t("moreFor", { name: row.display_name })}
                          trigger={
                            <IconButton
                              size="sm"
                              label={t("moreFor", { name: row.display_name })}
                              icon={<MoreHorizontal aria-hidden />}
                            />
                          }
                        >
                          <MenuItem
                            icon={<KeyRound aria-hidden />}
                            disabled={row.status === "disabled"}
                            onSelect={() => setAsking(row)}
                          >
                            {row.status === "invited" ? t("newCode") : t("reset")}
                          </MenuItem>
                          <MenuItem
                            icon={<LockOpen aria-hidden />}
                            onSelect={() => unlock.mutate(row)}
                          >
                            {t("unlock")}
                          </MenuItem>
                        </Menu>
                      ),
                    },
                  ]
                : []),
            ]}
            empty={
              <EmptyState icon={<UsersRound />} title={t("nobodyFound")}>
                {t("find.nobodyLead")}
              </EmptyState>
            }
          />
          {rows.length > 0 && (
            <MoreRows
              shown={rows.length}
              more={people.hasNextPage}
              busy={people.isFetchingNextPage}
              onMore={() => void people.fetchNextPage()}
            />
          )}
        </>
      )}
      {asking && (
        <ConfirmDialog
          title={t("resetTitle", { name: asking.display_name })}
          description={asking.status === "invited" ? t("newCodeLead") : t("resetLead")}
          confirm={asking.status === "invited" ? t("newCode") : t("reset")}
          busy={reset.isPending}
          error={reset.error}
          onConfirm={() => reset.mutate(asking)}
          onClose={() => {
            reset.reset();
            setAsking(null);
          }}
        />
      )}
      {given && (
        <ActivationDialog
          name={given.person.display_name}
          username={given.person.username}
          activation={given.code}
          onClose={() => setGiven(null)}
        />
      )}
    </>
  );
}
