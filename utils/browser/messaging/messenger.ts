/** How messages get from one context to another; what is in them, the tables of calls say. */
import { defineExtensionMessaging } from '@webext-core/messaging';

export const messenger = defineExtensionMessaging<Record<string, (data: unknown) => unknown>>();
