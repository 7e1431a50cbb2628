/** What the answers to calls need of the background. */
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { JobFeed } from '../../../utils/browser/messaging/job-feed-server';
import type { ConnectionSource } from '../connections/connection-source';
import type { StoredImages } from '../images/stored-images';
import type { Compare } from '../jobs/compare';
import type { Describe } from '../jobs/describe';
import type { JobRunner } from '../jobs/job-runner';
import type { Journal } from '../jobs/journal';

export interface Dependencies {
  journal: Journal;
  runner: JobRunner;
  store: JobStore;
  feed: JobFeed;
  connections: ConnectionSource;
  describe: Describe;
  compare: Compare;
  storedImages: StoredImages;
  preparePage: (tabId: number) => Promise<boolean>;
  preparePicks: (tabId: number) => Promise<boolean>;
}
