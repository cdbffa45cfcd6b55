import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { StimulusPage } from "@/features/banks/stimuli/StimulusPage";
import { bankQuery } from "@/shared/authoring/requests/readBank";
import { stimulusQuery } from "@/shared/authoring/requests/readStimulus";
import { Loading } from "@/shared/ui";

const route = getRouteApi("/staff/author/banks/$bankId/stimuli/$stimulusId");

export function StimulusRoute() {
  const { bankId, stimulusId } = route.useParams();
  const navigate = route.useNavigate();
  const { data: bank } = useSuspenseQuery(bankQuery(bankId));
  const fresh = stimulusId === "new";
  const stored = useQuery({ ...stimulusQuery(stimulusId), enabled: !fresh });
  if (!fresh && stored.data === undefined) return <Loading />;
  return (
    <StimulusPage
      key={stimulusId}
      bank={bank}
      stored={fresh ? null : (stored.data ?? null)}
      onCreated={(stimulus) =>
        void navigate({
          to: "/author/banks/$bankId/stimuli/$stimulusId",
          params: { bankId, stimulusId: stimulus.id },
          replace: true,
        })
      }
      onDeleted={() =>
        void navigate({ to: "/author/banks/$bankId/stimuli", params: { bankId }, replace: true })
      }
    />
  );
}
