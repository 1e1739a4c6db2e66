import ArgumentParser
import RecCore
import Testing
import rec_demo

@Suite struct `--where` {
    static let conditions: [(String, String, FilterCondition.Comparison, String)] = [
        ("gender=Women", "gender", .equal, "Women"),
        ("gender!=Women", "gender", .unequal, "Women"),
        ("price<50", "price", .below, "50"),
        ("price<=50", "price", .atMost, "50"),
        ("price>50", "price", .above, "50"),
        ("price>=50", "price", .atLeast, "50"),
        ("note=a=b<c", "note", .equal, "a=b<c"),
        ("usage=", "usage", .equal, ""),
        ("colour name=Navy Blue", "colour name", .equal, "Navy Blue"),
        ("mood=🙂", "mood", .equal, "🙂"),
    ]

    @Test(arguments: conditions)
    func `a condition is an attribute, a comparison and a value`(
        text: String,
        attribute: String,
        comparison: FilterCondition.Comparison,
        value: String
    ) throws {
        let condition = try #require(FilterCondition(text))
        #expect(condition.attribute == attribute)
        #expect(condition.comparison == comparison)
        #expect(condition.value == value)
    }

    @Test(arguments: ["", "gender", "=Women", "<5", "!gender", "gender!Women"])
    func `anything else is no condition`(text: String) {
        #expect(FilterCondition(text) == nil)
    }

    @Test(arguments: ["price<", "price<=cheap", "price>nan", "price>=inf", "price<5 EUR"])
    func `a bound must be a finite number`(text: String) throws {
        #expect(try #require(FilterCondition(text)).filter == nil)
    }

    static let bounds: [(String, NumberRange)] = [
        ("price<50", NumberRange(to: 50, includingUpperBound: false)),
        ("price<=5e1", NumberRange(to: 50)),
        ("price>-0.5", NumberRange(from: -0.5, includingLowerBound: false)),
        ("price>=0", NumberRange(from: 0)),
    ]

    @Test(arguments: bounds)
    func `a bound includes itself when it says so`(text: String, range: NumberRange) throws {
        #expect(try #require(FilterCondition(text)).filter == .number("price", range))
    }

    @Test func `values of one attribute are alternatives, all else must hold together`() throws {
        let options = try FilterOption.parse([
            "--where", "season=Fall", "--where", "gender=Women", "--where", "price<50", "--where", "gender=Unisex",
            "--where", "usage!=Sports",
        ])
        #expect(
            options.filter
                == .all([
                    .has("gender", anyOf: ["Women", "Unisex"]), .has("season", "Fall"),
                    .number("price", NumberRange(to: 50, includingUpperBound: false)), .not(.has("usage", "Sports")),
                ])
        )
    }

    @Test func `without a condition there is no filter`() throws {
        #expect(try FilterOption.parse([]).filter == nil)
    }
}
