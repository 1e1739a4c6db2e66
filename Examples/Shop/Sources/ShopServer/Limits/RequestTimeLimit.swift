import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request, with its body and its answer, does not end in time.
///
/// A route's own deadline does not reach the rest of a body that nobody reads, nor an answer that the client does not
/// take. After the answer, as much of a body is received as a body may have.
package final class RequestTimeLimit: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    private let maximumBodySize: Int
    private var isReceiving = false
    private var unanswered = 0
    private var drained = 0
    /// `nil` when no request is under way.
    private var deadline: NIODeadline?
    /// It outlives requests, since a timer for each would cost more than all the rest of this handler.
    private var timer: Scheduled<Void>?

    package init(limit: TimeAmount, maximumBodySize: Int) {
        self.limit = limit
        self.maximumBodySize = maximumBodySize
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isReceiving = true
            drained = 0
            unanswered += 1
            if deadline == nil { start(context) }
        case .body(let bytes) where unanswered == 0:
            drained += bytes.readableBytes
            guard drained <= maximumBodySize else { return context.close(promise: nil) }
        case .body: break
        case .end:
            isReceiving = false
            stopWhenDone()
        }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        let written = promise ?? context.eventLoop.makePromise()
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.unanswered -= 1
            // The next request of a client that does not wait for answers has its own time.
            if self.unanswered > 0 { self.start(context) }
            self.stopWhenDone()
        }
        context.write(data, promise: written)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    private func start(_ context: ChannelHandlerContext) {
        let deadline = context.eventLoop.now + limit
        self.deadline = deadline
        if timer == nil { startTimer(until: deadline, context) }
    }

    private func startTimer(until time: NIODeadline, _ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) {
            self.timer = nil
            guard let deadline = self.deadline else { return }
            guard deadline > time else { return context.close(promise: nil) }
            self.startTimer(until: deadline, context)
        }
    }

    private func stopWhenDone() {
        if !isReceiving, unanswered == 0 { deadline = nil }
    }
}
