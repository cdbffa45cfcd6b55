import type { ExamLinks } from "./ExamPage";
import { Ending } from "./ending/Ending";
import { TakenOver } from "./ending/TakenOver";
import { ExamScreen } from "./exam/ExamScreen";
import { Paused } from "./exam/Paused";
import { Lobby } from "./lobby/Lobby";
import type { Player } from "./player/Player";
import { usePlayerState } from "./player/usePlayer";

/** One state, one screen. */
export function PlayerScreen({ player, links }: { player: Player; links: ExamLinks }) {
  const state = usePlayerState(player);
  switch (state.name) {
    case "lobby":
      return <Lobby player={player} state={state} home={links.home} />;
    case "writing":
    case "saving":
    case "offline":
      return <ExamScreen player={player} state={state} />;
    case "paused":
      return state.paper === null ? (
        <Paused attempt={state.attempt} />
      ) : (
        <ExamScreen player={player} state={state} />
      );
    case "taken_over":
      return <TakenOver player={player} state={state} />;
    case "submitted":
    case "closed":
    case "terminated":
      return <Ending player={player} state={state} links={links} />;
  }
}
