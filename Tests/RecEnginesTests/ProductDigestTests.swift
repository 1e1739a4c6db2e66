import RecCore
import RecEngines
import RecTesting
import Testing

@Suite("The digest of a product") struct ProductDigestTests {
    private let catalogue = RandomCatalogue(count: 50, seed: 7)

    @Test func `differs with every part of a product`() throws {
        let item = try #require(catalogue.products.first { $0.embedding.blocks.count == 2 })
        var variants = [item]
        var product = item.product
        product = Product(id: "other", attributes: product.attributes, title: product.title)
        variants.append(EmbeddedProduct(product: product, embedding: item.embedding))
        variants.append(
            EmbeddedProduct(
                product: Product(id: item.product.id, attributes: item.product.attributes, title: "other"),
                embedding: item.embedding
            )
        )
        variants.append(
            EmbeddedProduct(
                product: Product(id: item.product.id, attributes: [:], title: item.product.title),
                embedding: item.embedding
            )
        )
        var part = item.embedding
        part[.image] = nil
        variants.append(EmbeddedProduct(product: item.product, embedding: part))

        let digests = variants.map { ProductDigest($0, in: catalogue.space) }
        #expect(Set(digests).count == variants.count)
        #expect(digests.allSatisfy { $0.bytes.count == 16 })
    }

    @Test func `is the same for the same product`() {
        for item in catalogue.products {
            let copy = EmbeddedProduct(product: item.product, embedding: item.embedding)
            #expect(ProductDigest(item, in: catalogue.space) == ProductDigest(copy, in: catalogue.space))
        }
    }
}
