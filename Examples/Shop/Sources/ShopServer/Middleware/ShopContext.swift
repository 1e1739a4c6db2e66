import Hummingbird

/// What is known of a request beside the request itself.
struct ShopContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: Source) {
        coreContext = .init(source: source)
    }
}
