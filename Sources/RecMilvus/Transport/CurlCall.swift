#if Milvus
internal import CRecCurl
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A call under way.
@safe
struct CurlCall {
    let job: CurlLoop.Job
    private let handle: OpaquePointer
    /// The bytes that are sent, which stay where they are.
    private let body: UnsafeMutablePointer<UInt8>

    /// Begins a call, on a new connection if it is fresh; `nil` when memory is short.
    init?(_ job: CurlLoop.Job, _ settings: CurlTransport.Settings, _ pool: OpaquePointer, isFresh: Bool) {
        let request = job.request
        let body = UnsafeMutablePointer<UInt8>.allocate(capacity: max(request.body.count, 1))
        unsafe request.body.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { unsafe body.initialize(from: base, count: source.count) }
        }
        let milliseconds = Self.milliseconds(request.end - .now)
        let lines = settings.headers + ["grpc-timeout: \(milliseconds)m"]
        var strings: [UnsafePointer<CChar>?] = unsafe lines.map { line in unsafe UnsafePointer(strdup(line)) }
        let url = unsafe strdup(settings.base + request.path)
        let certificates = unsafe settings.certificates.map { unsafe strdup($0) } ?? nil
        defer {
            for place in 0..<lines.count { unsafe free(UnsafeMutablePointer(mutating: strings[place])) }
            unsafe free(url)
            unsafe free(certificates)
        }
        let handle = unsafe strings.withUnsafeMutableBufferPointer { headers in
            var settled = unsafe rec_curl_request()
            unsafe settled.url = UnsafePointer(url)
            unsafe settled.headers = UnsafePointer(headers.baseAddress)
            unsafe settled.header_count = headers.count
            unsafe settled.body = UnsafePointer(body)
            unsafe settled.body_size = request.body.count
            unsafe settled.maximum_size = CurlTransport.Settings.longestAnswer
            unsafe settled.timeout_milliseconds = UInt64(milliseconds)
            unsafe settled.connect_milliseconds = UInt64(Self.milliseconds(settings.connecting))
            unsafe settled.certificates = UnsafePointer(certificates)
            unsafe settled.is_fresh = isFresh
            unsafe settled.number = job.number
            return unsafe rec_curl_pool_begin(pool, &settled)
        }
        guard let handle = unsafe handle else {
            unsafe body.deallocate()
            return nil
        }
        self.job = job
        unsafe self.handle = handle
        unsafe self.body = body
    }

    /// Whether it is being sent on an open connection.
    var isUnderWay: Bool { unsafe rec_curl_call_is_under_way(handle) }

    /// Whether it was to share a connection and found none, so that it has not reached the server.
    var lacksConnection: Bool { unsafe rec_curl_call_lacks_connection(handle) }

    /// The reply of a call that ended, or its fault.
    func result(_ status: rec_curl_status) -> Result<GRPCReply, any Error> {
        let reason = unsafe String(cString: rec_curl_call_message(handle))
        switch status {
        case REC_CURL_OK:
            let headers = String(decoding: unsafe bytes(rec_curl_call_headers), as: UTF8.self)
            let status = unsafe rec_curl_call_http_status(handle)
            return .success(GRPCReply(httpStatus: status, headers: headers, body: unsafe bytes(rec_curl_call_body)))
        case REC_CURL_TIMEOUT:
            // libcurl's timeout is in whole milliseconds, so a call may end slightly before its deadline.
            let isLate = isUnderWay || job.request.end - .now < .milliseconds(50)
            return .failure(GRPCFault(isLate ? .deadline : .unreachable, reason))
        case REC_CURL_TOO_LARGE:
            let most = CurlTransport.Settings.longestAnswer
            return .failure(GRPCFault(.tooLarge, "it has more than \(most) bytes"))
        case REC_CURL_UNTRUSTED: return .failure(GRPCFault(.untrusted, reason))
        case REC_CURL_NOT_HTTP2: return .failure(GRPCFault(.foreign, reason))
        default: return .failure(GRPCFault(.unreachable, reason))
        }
    }

    /// Ends the call and frees what it has.
    func close(_ pool: OpaquePointer) {
        unsafe rec_curl_call_close(pool, handle)
        unsafe body.deallocate()
    }

    private func bytes(
        _ read: (OpaquePointer, UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?
    ) -> [UInt8] {
        var count = 0
        guard let base = unsafe read(handle, &count) else { return [] }
        return unsafe Array(UnsafeBufferPointer(start: base, count: count))
    }

    /// A duration as gRPC can say it, in up to eight digits.
    private static func milliseconds(_ duration: Duration) -> Int {
        Int(min(max(duration / .milliseconds(1), 1), 99_999_999))
    }
}
#endif
