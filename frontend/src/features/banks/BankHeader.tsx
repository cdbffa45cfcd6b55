import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import {
  Archive,
  ArchiveRestore,
  Download,
  Ellipsis,
  FileInput,
  Pencil,
  Plus,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { type Bank, useProblemText } from "@/shared/api";
import { bankQuery } from "@/shared/authoring/requests/readBank";
import { useTranslation } from "@/shared/i18n";
import {
  Badge,
  Banner,
  Button,
  buttonClass,
  Crumbs,
  IconButton,
  Menu,
  MenuItem,
  MenuSeparator,
  PageHeader,
  toast,
} from "@/shared/ui";
import { NavTabs } from "@/shared/ui/dense";
import { archiveBank } from "./api/archiveBank";
import { deleteBank } from "./api/deleteBank";
import { unarchiveBank } from "./api/unarchiveBank";
import { BankDialog } from "./BankDialog";
import { ExportDialog } from "./ExportDialog";

/** The top of each of a bank's pages: what it is, what can be done with it, and its parts. */
export function BankHeader({ bank, category }: { bank: Bank; category?: string | undefined }) {
  const { t } = useTranslation("banks");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const problem = useProblemText();
  const [asking, setAsking] = useState<"edit" | "export" | null>(null);
  const away = bank.archived_at !== null;
  const refused = (error: unknown) => toast(problem(error), "danger");
  const archive = useMutation({
    mutationFn: () => (away ? unarchiveBank(bank.id) : archiveBank(bank.id)),
    onSuccess: (changed) => {
      queries.setQueryData(bankQuery(bank.id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: ["banks", "list"] });
      toast(away ? t("unarchived") : t("archivedNow"));
    },
    onError: refused,
  });
  const remove = useMutation({
    mutationFn: () => deleteBank(bank.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["banks", "list"] });
      toast(t("deleted", { title: bank.title }));
      void navigate({ to: "/author/banks" });
    },
    onError: refused,
  });
  return (
    <>
      <PageHeader
        crumbs={
          <Crumbs label={t("crumbs")}>
            <Link to="/author/banks">{t("banks")}</Link>
          </Crumbs>
        }
        title={
          <>
            {bank.title} {away && <Badge>{t("filter.statuses.archived")}</Badge>}
          </>
        }
        {...(bank.description !== "" && { lead: bank.description })}
        actions={
          <>
            {!away && (
              <>
                <Link
                  to="/author/banks/$bankId/import"
                  params={{ bankId: bank.id }}
                  className={buttonClass()}
                >
                  <FileInput aria-hidden />
                  {t("import")}
                </Link>
                <Link
                  to="/author/banks/$bankId/new"
                  params={{ bankId: bank.id }}
                  search={category === undefined ? {} : { category }}
                  className={buttonClass("primary")}
                >
                  <Plus aria-hidden />
                  {t("newQuestion")}
                </Link>
              </>
            )}
            <Menu
              label={t("acts")}
              trigger={
                <IconButton label={t("acts")} look="secondary" icon={<Ellipsis aria-hidden />} />
              }
            >
              {!away && (
                <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setAsking("edit")}>
                  {t("edit")}
                </MenuItem>
              )}
              <MenuItem icon={<Download aria-hidden />} onSelect={() => setAsking("export")}>
                {t("export.act")}
              </MenuItem>
              <MenuSeparator />
              <MenuItem
                icon={away ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
                onSelect={() => archive.mutate()}
              >
                {away ? t("unarchive") : t("archive")}
              </MenuItem>
              <MenuItem
                danger
                icon={<Trash2 aria-hidden />}
                disabled={bank.questions > 0}
                onSelect={() => remove.mutate()}
              >
                {t("delete")}
              </MenuItem>
            </Menu>
          </>
        }
      />
      {away && (
        <div className="mb-4">
          <Banner
            live={false}
            actions={
              <Button size="sm" busy={archive.isPending} onClick={() => archive.mutate()}>
                {t("unarchive")}
              </Button>
            }
          >
            {t("isArchived")}
          </Banner>
        </div>
      )}
      <NavTabs
        label={t("parts")}
        tabs={[
          {
            link: { to: "/author/banks/$bankId", params: { bankId: bank.id } },
            label: t("tabs.questions"),
            exact: true,
          },
          {
            link: { to: "/author/banks/$bankId/stimuli", params: { bankId: bank.id } },
            label: t("tabs.stimuli"),
          },
          {
            link: { to: "/author/banks/$bankId/import", params: { bankId: bank.id } },
            label: t("tabs.import"),
          },
        ]}
      />
      {asking === "edit" && (
        <BankDialog bank={bank} onDone={() => setAsking(null)} onClose={() => setAsking(null)} />
      )}
      {asking === "export" && <ExportDialog bank={bank} onClose={() => setAsking(null)} />}
    </>
  );
}
