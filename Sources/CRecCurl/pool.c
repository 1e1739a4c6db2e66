#include "rec_curl.h"

#ifdef REC_CURL
#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// The most bytes of headers and trailers of one answer.
static const size_t most_header_bytes = 1 << 16;

// libcurl 7.88 stops reading a connection while the answer of one call is longer than its buffer, and loses the trailers
// of those that end meanwhile.
static const long buffer_bytes = 1 << 18;

typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    size_t limit;
    bool is_full;
} buffer;

struct rec_curl_pool {
    CURLM *multi;
};

struct rec_curl_call {
    CURL *easy;
    struct curl_slist *headers;
    buffer body;
    buffer lines;
    uint64_t number;
    bool lacks_connection;
    CURLcode code;
    char message[CURL_ERROR_SIZE];
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

static size_t append(buffer *target, const char *bytes, size_t count) {
    if (count > target->limit - target->count) {
        target->is_full = true;
        return 0;
    }
    size_t needed = target->count + count;
    if (needed > target->capacity) {
        size_t capacity = target->capacity < 1024 ? 1024 : target->capacity;
        while (capacity < needed) capacity *= 2;
        uint8_t *grown = realloc(target->bytes, capacity);
        if (grown == NULL) return 0;
        target->bytes = grown;
        target->capacity = capacity;
    }
    memcpy(target->bytes + target->count, bytes, count);
    target->count = needed;
    return count;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context) {
    return append(&((rec_curl_call *)context)->body, bytes, size * count);
}

static size_t receive_line(char *bytes, size_t size, size_t count, void *context) {
    return append(&((rec_curl_call *)context)->lines, bytes, size * count);
}

// A peer that acknowledges nothing for this long is gone, even if the network does not say so.
static int set_socket_options(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)context;
    (void)purpose;
#ifdef TCP_USER_TIMEOUT
    unsigned int milliseconds = 20000;
    setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
#else
    (void)socket;
#endif
    return CURL_SOCKOPT_OK;
}

static curl_socket_t open_no_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)purpose;
    (void)address;
    ((rec_curl_call *)context)->lacks_connection = true;
    return CURL_SOCKET_BAD;
}

rec_curl_pool *rec_curl_pool_open(long connections) {
    pthread_once(&once, start);
    if ((curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) == 0) return NULL;
    rec_curl_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL) return NULL;
    pool->multi = curl_multi_init();
    if (pool->multi == NULL) {
        free(pool);
        return NULL;
    }
    curl_multi_setopt(pool->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    curl_multi_setopt(pool->multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections);
    curl_multi_setopt(pool->multi, CURLMOPT_MAXCONNECTS, connections);
    return pool;
}

void rec_curl_pool_close(rec_curl_pool *pool) {
    curl_multi_cleanup(pool->multi);
    free(pool);
}

static void free_call(rec_curl_call *call) {
    if (call->easy != NULL) curl_easy_cleanup(call->easy);
    curl_slist_free_all(call->headers);
    free(call->body.bytes);
    free(call->lines.bytes);
    free(call);
}

static bool set_headers(rec_curl_call *call, const rec_curl_request *request) {
    for (size_t i = 0; i < request->header_count; i++) {
        struct curl_slist *longer = curl_slist_append(call->headers, request->headers[i]);
        if (longer == NULL) return false;
        call->headers = longer;
    }
    return true;
}

rec_curl_call *rec_curl_pool_begin(rec_curl_pool *pool, const rec_curl_request *request) {
    rec_curl_call *call = calloc(1, sizeof *call);
    if (call == NULL) return NULL;
    call->number = request->number;
    call->body.limit = request->maximum_size;
    call->lines.limit = most_header_bytes;
    CURL *easy = call->easy = curl_easy_init();
    if (easy == NULL || !set_headers(call, request)) {
        free_call(call);
        return NULL;
    }
    bool is_plain = strncmp(request->url, "http://", 7) == 0;
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->message);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
        !is_plain             ? (long)CURL_HTTP_VERSION_2TLS
        : request->is_fresh ? (long)CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE
                              : (long)CURL_HTTP_VERSION_2_0);
    // Waits for the connection that is being opened, rather than opening one for each request.
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request->is_fresh ? 1L : 0L);
    if (is_plain && !request->is_fresh) {
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_no_socket);
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, call);
    }
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 20L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 5L);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, set_socket_options);
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, (const char *)request->body);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call->headers);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_milliseconds);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)request->connect_milliseconds);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, buffer_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_line);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
    if (request->certificates != NULL) curl_easy_setopt(easy, CURLOPT_CAINFO, request->certificates);
    if (curl_multi_add_handle(pool->multi, easy) != CURLM_OK) {
        free_call(call);
        return NULL;
    }
    return call;
}

void rec_curl_pool_perform(rec_curl_pool *pool) {
    int running = 0;
    curl_multi_perform(pool->multi, &running);
}

void rec_curl_pool_wait(rec_curl_pool *pool, int milliseconds) {
    int ready = 0;
    curl_multi_poll(pool->multi, NULL, 0, milliseconds, &ready);
}

void rec_curl_pool_wake(rec_curl_pool *pool) { curl_multi_wakeup(pool->multi); }

static rec_curl_status status_of(const rec_curl_call *call) {
    if (call->body.is_full || call->lines.is_full) return REC_CURL_TOO_LARGE;
    switch (call->code) {
    case CURLE_OK: return REC_CURL_OK;
    case CURLE_OPERATION_TIMEDOUT: return REC_CURL_TIMEOUT;
    case CURLE_OUT_OF_MEMORY: return REC_CURL_OUT_OF_MEMORY;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return REC_CURL_UNTRUSTED;
    case CURLE_HTTP2:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: return REC_CURL_NOT_HTTP2;
    default: return REC_CURL_UNREACHABLE;
    }
}

rec_curl_call *rec_curl_pool_ended(rec_curl_pool *pool, rec_curl_status *status) {
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(pool->multi, &left)) != NULL;) {
        if (message->msg != CURLMSG_DONE) continue;
        rec_curl_call *call = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &call);
        call->code = message->data.result;
        *status = status_of(call);
        return call;
    }
    return NULL;
}

void rec_curl_call_close(rec_curl_pool *pool, rec_curl_call *call) {
    curl_multi_remove_handle(pool->multi, call->easy);
    free_call(call);
}

bool rec_curl_call_is_under_way(const rec_curl_call *call) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(call->easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds);
    return microseconds > 0;
}

bool rec_curl_call_lacks_connection(const rec_curl_call *call) { return call->lacks_connection; }

uint64_t rec_curl_call_number(const rec_curl_call *call) { return call->number; }

long rec_curl_call_http_status(const rec_curl_call *call) {
    long status = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

const uint8_t *rec_curl_call_body(const rec_curl_call *call, size_t *count) {
    *count = call->body.count;
    return call->body.bytes;
}

const uint8_t *rec_curl_call_headers(const rec_curl_call *call, size_t *count) {
    *count = call->lines.count;
    return call->lines.bytes;
}

const char *rec_curl_call_message(const rec_curl_call *call) {
    return call->message[0] == 0 ? curl_easy_strerror(call->code) : call->message;
}
#else
// A translation unit must not be empty.
typedef int rec_curl_is_empty;
#endif
