package skillrunner.http.access;

/**
 * Stands for an address and what it said of user name and password, without telling either: a digest under a key that
 * nobody else has and that ends with the server.
 *
 * @param digest in hexadecimal
 */
record Proof(String digest) {}
