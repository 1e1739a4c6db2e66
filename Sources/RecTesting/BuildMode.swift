/// How the tests were built: in debug builds C is not optimised and some twenty times slower.
package enum BuildMode {
    /// Whether it is a release build.
    #if DEBUG
    package static let isOptimized = false
    #else
    package static let isOptimized = true
    #endif
}
