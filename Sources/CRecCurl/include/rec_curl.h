#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A thin face over libcurl's multi interface; empty unless the package trait Milvus is enabled. It exists because
// curl_easy_setopt is variadic. It makes POST requests by HTTP/2 and keeps what comes back: the body up to a limit, and
// all lines of headers and trailers. One thread uses a pool; only `rec_curl_pool_wake` may be called by any.

/// Connections to one server, shared by many requests at once.
typedef struct rec_curl_pool rec_curl_pool;

/// A request that is under way, or ended.
typedef struct rec_curl_call rec_curl_call;

/// How a request ended.
typedef enum {
    /// There is an answer.
    REC_CURL_OK = 0,
    /// The server cannot be reached, or the connection broke.
    REC_CURL_UNREACHABLE,
    /// The time is over.
    REC_CURL_TIMEOUT,
    /// The answer is longer than the limit.
    REC_CURL_TOO_LARGE,
    /// The certificate of the server is not trusted, or TLS failed.
    REC_CURL_UNTRUSTED,
    /// What answered does not speak HTTP/2.
    REC_CURL_NOT_HTTP2,
    REC_CURL_OUT_OF_MEMORY,
} rec_curl_status;

/// A request; everything is copied but `body`, which must stay until the call is closed.
typedef struct {
    const char *url;
    /// Lines such as `te: trailers`.
    const char *const *headers;
    size_t header_count;
    const uint8_t *body;
    size_t body_size;
    size_t maximum_size;
    uint64_t timeout_milliseconds;
    uint64_t connect_milliseconds;
    /// A file of certificates to trust instead of the system's, or NULL.
    const char *certificates;
    /// Whether to open a connection for this request. Without TLS, a fresh request opens one by prior knowledge of HTTP/2,
    /// and one that is not fresh opens none: libcurl 7.88 cannot reuse a connection by prior knowledge, and without it
    /// would open one of HTTP/1.1.
    bool is_fresh;
    /// A number to recognise the call by.
    uint64_t number;
} rec_curl_request;

/// Creates a pool; NULL when memory is short or libcurl cannot do HTTP/2.
rec_curl_pool *rec_curl_pool_open(long connections);

/// Closes a pool without calls.
void rec_curl_pool_close(rec_curl_pool *pool);

/// Begins a request; NULL when memory is short.
rec_curl_call *rec_curl_pool_begin(rec_curl_pool *pool, const rec_curl_request *request);

/// Sends and receives what can be without waiting.
void rec_curl_pool_perform(rec_curl_pool *pool);

/// Waits until there is more to do, for `rec_curl_pool_wake` or for the time.
void rec_curl_pool_wait(rec_curl_pool *pool, int milliseconds);

/// Ends a wait of `rec_curl_pool_wait`, or the next one.
void rec_curl_pool_wake(rec_curl_pool *pool);

/// The next call that ended, or NULL.
rec_curl_call *rec_curl_pool_ended(rec_curl_pool *pool, rec_curl_status *status);

/// Ends a call, finished or not, and frees it.
void rec_curl_call_close(rec_curl_pool *pool, rec_curl_call *call);

/// Whether the request is being sent on an open connection.
bool rec_curl_call_is_under_way(const rec_curl_call *call);
/// Whether the request was to share a connection and found none, so that it has not reached the server.
bool rec_curl_call_lacks_connection(const rec_curl_call *call);
uint64_t rec_curl_call_number(const rec_curl_call *call);
/// The HTTP status; 0 when there was no answer.
long rec_curl_call_http_status(const rec_curl_call *call);
const uint8_t *rec_curl_call_body(const rec_curl_call *call, size_t *count);
/// The lines of headers and trailers, each with its end.
const uint8_t *rec_curl_call_headers(const rec_curl_call *call, size_t *count);
/// libcurl's words for a failure, which never hold a header.
const char *rec_curl_call_message(const rec_curl_call *call);
