import Foundation
import Hummingbird
import RecCore

extension RequestContext {
    /// The product that the address names.
    ///
    /// - Throws: `ShopError` for text that is not percent-encoded UTF-8.
    func productID() throws -> ProductID {
        guard let id = try parameters.require("id").removingPercentEncoding, !id.isEmpty else {
            throw ShopError.invalidRequest("The product identifier in the path is not percent-encoded UTF-8.")
        }
        return ProductID(id)
    }
}
