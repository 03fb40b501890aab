import type { ContentStore, Descriptor } from './content.ts';
import type { ImageStore } from './store.ts';

const REF_NAME = 'org.opencontainers.image.ref.name';

/** Keeps the layout's index.json in step with the images. Changes that come while it is written share the next writing. */
export class IndexFile {
  readonly #content: ContentStore;
  readonly #store: ImageStore;
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(content: ContentStore, store: ImageStore) {
    this.#content = content;
    this.#store = store;
  }

  /** Has the file written soon. One that cannot be written waits for the next change: the truth is in the state store. */
  changed(): void {
    this.update().catch(() => {});
  }

  /** Resolves when the file shows the images as they are now, or later. */
  update(): Promise<void> {
    this.#next ??= (this.#writing ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        this.#writing = this.#content.writeIndex(this.#descriptors());
        return this.#writing;
      });
    return this.#next;
  }

  #descriptors(): Descriptor[] {
    return this.#store.all().flatMap((image): Descriptor[] => {
      const descriptor: Descriptor = {
        mediaType: image.manifestMediaType,
        digest: image.manifestDigest,
        size: image.manifestSize,
      };
      if (image.names.length === 0) return [descriptor];
      return image.names.map((name) => ({ ...descriptor, annotations: { [REF_NAME]: name } }));
    });
  }
}
