import { InboxPage } from "@/features/messages/InboxPage";

export function MessagesRoute() {
  return <InboxPage />;
}
