import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { newDraft } from "@/features/questions/editor/draft";
import { QuestionEditor } from "@/features/questions/editor/QuestionEditor";
import { TypePicker } from "@/features/questions/editor/TypePicker";
import { bankQuery } from "@/shared/authoring/requests/readBank";
import { useTranslation } from "@/shared/i18n";
import { buttonClass, Crumbs, PageHeader } from "@/shared/ui";

const route = getRouteApi("/staff/author/banks/$bankId/new");

export function NewQuestionRoute() {
  const { t } = useTranslation("questions");
  const { t: words } = useTranslation("author");
  const { t: banks } = useTranslation("banks");
  const { bankId } = route.useParams();
  const { type, category } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: bank } = useSuspenseQuery(bankQuery(bankId));
  return (
    <>
      <PageHeader
        crumbs={
          <Crumbs label={banks("crumbs")}>
            <Link to="/author/banks">{banks("banks")}</Link>
            <Link to="/author/banks/$bankId" params={{ bankId }}>
              {bank.title}
            </Link>
          </Crumbs>
        }
        title={type === undefined ? t("new.title") : t("new.of", { type: words(`types.${type}`) })}
        {...(type === undefined && { lead: t("new.lead") })}
        actions={
          type !== undefined && (
            <Link
              to="/author/banks/$bankId/new"
              params={{ bankId }}
              search={category === undefined ? {} : { category }}
              className={buttonClass()}
            >
              {t("new.otherType")}
            </Link>
          )
        }
      />
      {type === undefined ? (
        <TypePicker bankId={bankId} categoryId={category} />
      ) : (
        <QuestionEditor
          key={type}
          bank={bank}
          start={newDraft(type, category ?? null)}
          stored={null}
          onCreated={({ id }) =>
            void navigate({
              to: "/author/questions/$questionId",
              params: { questionId: id },
              replace: true,
            })
          }
        />
      )}
    </>
  );
}
