import Logging

/// What a shop's server is told at its start.
public struct ShopSettings: Sendable {
    /// The address to listen on; loopback by default, since TLS and clients are a reverse proxy's work.
    public var host = "127.0.0.1"

    /// The port to listen on; 0 for any that is free.
    public var port = 8080

    /// The index: the path of a file or of a live folder, or an engine's address.
    ///
    /// A path without an index becomes a live folder with the products of ``catalog``.
    public var index: String

    /// The catalogue: a folder in the Kaggle layout, or a file in JSON Lines or CSV.
    ///
    /// Pictures are served from this folder only; without it, those that were put are all there are.
    public var catalog: String?

    /// The folder for the pictures of products that are put; `nil` for one beside the index.
    public var uploads: String?

    /// The weights of the network; `nil` for those that the index names, or the default model in `.models`.
    public var weights: String?

    /// What writers send as `Authorization: Bearer TOKEN`; `nil` to refuse all changes.
    public var token: String?

    /// The attributes that a new index compares by; empty for those with few different values.
    public var attributes: [String] = []

    /// The share of the nearest products that searches find at least, from 0.5 to 1, where they are exact.
    ///
    /// It is measured on products of the index when it is opened. Below 1, live folders get graphs.
    public var recall = 0.99

    /// The threads that run the network; as a rule the processors of the server.
    public var threads: Int

    /// The searches by picture that may be processed or waiting at once; further ones get 503.
    ///
    /// Of changes, a quarter of it.
    public var maximumPendingPictures = 32

    /// The largest body of a request, in bytes.
    public var maximumBodySize = 10_000_000

    /// The greatest number of pixels in a picture.
    public var maximumPixelCount = 25_000_000

    /// How long a request with a body may take.
    public var timeout: Duration = .seconds(30)

    /// The connections that may be open at a time.
    public var connections = 1000

    /// The memory for pictures in the sizes shown, in bytes.
    public var pictureCacheSize = 64 << 20

    /// The memory for answers that are given again until the catalogue changes, in bytes.
    public var answerCacheSize = 64 << 20

    /// The bytes of JSON bodies that may be in memory at once; further ones get 503.
    public var maximumPendingJSON = 8 << 20

    /// The least important messages that are logged.
    public var logLevel: Logger.Level = .info

    /// Creates settings with their defaults.
    public init(index: String, threads: Int = 2) {
        self.index = index
        self.threads = threads
    }

    /// The folder for pictures that are put; `nil` for an engine without one.
    var uploadFolder: String? {
        uploads ?? (EngineAddress.isAddress(index) ? nil : withoutSlash(index) + ".pictures")
    }

    private func withoutSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
