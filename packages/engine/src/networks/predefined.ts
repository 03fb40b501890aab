/** The network a container joins where it names none: libpod's name for it; Docker's adapter calls it `bridge`. */
export const DEFAULT_NETWORK = 'podman';
