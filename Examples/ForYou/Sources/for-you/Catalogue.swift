import RecCore

/// The products of a small shop for shoes and clothes.
enum Catalogue {
    /// Each line is an identifier, model, type, use, colour, brand, price and the number sold last month.
    private static let table = """
        r1, Swift Runner, Running shoes, Sports, Blue, Alder, 89.90, 120
        r2, Swift Runner, Running shoes, Sports, Black, Alder, 89.90, 310
        r3, Swift Runner Pro, Running shoes, Sports, Blue, Alder, 139.00, 45
        r4, Trail Goat, Running shoes, Sports, Green, Birch, 99.00, 80
        r5, Trail Goat, Running shoes, Sports, Blue, Birch, 99.00, 60
        r6, City Jogger, Running shoes, Sports, White, Cedar, 59.00, 150
        r7, City Jogger, Running shoes, Sports, Blue, Cedar, 59.00, 95
        r8, Feather, Running shoes, Sports, Red, Dogwood, 119.00, 30
        s1, Canvas Low, Sneakers, Casual, White, Cedar, 49.00, 410
        s2, Canvas Low, Sneakers, Casual, Blue, Cedar, 49.00, 220
        s3, Canvas High, Sneakers, Casual, Black, Cedar, 55.00, 190
        s4, Court Classic, Sneakers, Casual, White, Alder, 79.00, 260
        s5, Court Classic, Sneakers, Casual, Green, Alder, 79.00, 40
        s6, Suede One, Sneakers, Casual, Blue, Elm, 69.00, 75
        d1, Oxford, Formal shoes, Formal, Black, Elm, 129.00, 55
        d2, Derby, Formal shoes, Formal, Brown, Elm, 119.00, 35
        t1, Dry Tee, T-shirts, Sports, Blue, Alder, 29.00, 330
        t2, Dry Tee, T-shirts, Sports, Black, Alder, 29.00, 280
        t3, Dry Tee, T-shirts, Sports, White, Alder, 29.00, 210
        t4, Breeze Tee, T-shirts, Sports, Blue, Birch, 35.00, 90
        t5, Breeze Tee, T-shirts, Sports, Red, Birch, 35.00, 70
        t6, Pocket Tee, T-shirts, Casual, White, Elm, 19.00, 500
        t7, Pocket Tee, T-shirts, Casual, Blue, Elm, 19.00, 240
        k1, Wind Shell, Jackets, Sports, Blue, Birch, 109.00, 65
        k2, Wind Shell, Jackets, Sports, Black, Birch, 109.00, 85
        k3, Rain Shell, Jackets, Sports, Green, Dogwood, 149.00, 50
        k4, Denim Jacket, Jackets, Casual, Blue, Cedar, 79.00, 130
        k5, Blazer, Jackets, Formal, Black, Elm, 159.00, 25
        h1, Split Shorts, Shorts, Sports, Black, Alder, 39.00, 170
        h2, Split Shorts, Shorts, Sports, Blue, Alder, 39.00, 140
        h3, Trail Shorts, Shorts, Sports, Green, Birch, 45.00, 60
        h4, Chino Shorts, Shorts, Casual, Brown, Cedar, 35.00, 110
        c1, Running Socks, Socks, Sports, White, Dogwood, 12.00, 600
        c2, Running Socks, Socks, Sports, Blue, Birch, 14.00, 180
        b1, Hip Pack, Bags, Sports, Black, Birch, 35.00, 75
        b2, Weekender, Bags, Casual, Brown, Elm, 99.00, 20
        """

    static let products = table.split(separator: "\n").map { line in
        let names = ["id", "model", "type", "use", "colour", "brand", "price", "sold"]
        let values = line.split(separator: ",").map { String($0.drop { $0 == " " }) }
        let row = Dictionary(uniqueKeysWithValues: zip(names, values))
        // All of them can be filtered by; which are compared is for the encoder to say.
        let attributes = row.filter { $0.key != "id" }.mapValues { AttributeValues([$0]) }
        return Product(id: ProductID(row["id"] ?? ""), attributes: attributes, title: row["model"])
    }
}
