internal import RecCore

/// Reads Keras's HDF5 files.
///
/// Files of whole models and of legacy weights list their layers in the attribute `layer_names` of the root or of
/// `model_weights`, and the weights of each in `weight_names` of its group; long lists are split into `layer_names0`,
/// `layer_names1` and so on. Files of Keras 3 weights have no lists: the variables of a layer are the data sets of its
/// group `vars`, counted from 0, and the attribute `name` of that group is the layer's name.
/// Source: keras, `legacy/saving/legacy_h5_format.py` and `saving/saving_lib.py`.
struct KerasParser {
    /// The record of a `.keras` archive that is an HDF5 file.
    static let archivedWeights = "model.weights.h5"
    private static let depthLimit = 32
    private static let optimizerGroups: Set<String> = ["optimizer", "optimizer_weights"]

    private let file: HDF5File
    private var contents = WeightContents()
    private var visited: Set<Int> = []

    private init(file: HDF5File) {
        self.file = file
    }

    /// Reads the table of tensors.
    static func parse(_ region: ByteRegion) throws(RecError) -> WeightContents {
        var hdf5 = region
        if !HDF5File.recognizes(region) {
            guard let record = try ZipArchive(region).record(named: archivedWeights) else {
                throw region.corrupt("Its weights are missing")
            }
            hdf5 = record
        }
        let file = try HDF5File(hdf5)
        var parser = KerasParser(file: file)
        let root = try file.root()
        for attribute in try root.attributes() {
            if let text = try attribute.texts()?.first { parser.contents.metadata[attribute.name] = text }
        }
        let links = try HDF5Group.links(of: root)
        if let nested = links.first(where: { $0.name == "model_weights" }) {
            try parser.readListed(try file.object(at: nested.address), path: "model_weights/")
        } else {
            try parser.readListed(root, path: "")
        }
        return parser.contents
    }

    // MARK: Lists of layers

    private mutating func readListed(_ group: HDF5Object, path: String) throws(RecError) {
        guard let layerNames = try list("layer_names", of: group) else {
            try walk(group, path: path, depth: 0)
            return
        }
        let addresses = try addressesByName(of: group)
        for layerName in layerNames {
            let layer = try object(layerName, below: group, links: addresses, path: path)
            let links = try addressesByName(of: layer)
            var tensorNames: [String] = []
            for weightName in try list("weight_names", of: layer) ?? [] {
                let name = "\(path)\(layerName)/\(weightName)"
                let dataset = try object(weightName, below: layer, links: links, path: "\(path)\(layerName)/")
                if try add(dataset, name: name, isListed: true) { tensorNames.append(name) }
            }
            contents.layers.append(.init(name: layerName, group: path + layerName, tensorNames: tensorNames))
        }
    }

    /// Adds the tensor that a data set is, or the reason why it cannot be read.
    ///
    /// - Returns: Whether it can be read.
    private mutating func add(_ object: HDF5Object, name: String, isListed: Bool) throws(RecError) -> Bool {
        let tensor: StoredTensor?
        do {
            tensor = object.isDataset ? try HDF5Dataset.tensor(object, name: name, isListed: isListed) : nil
        } catch {
            guard error.code == .unsupportedWeights else { throw error }
            contents.addUnreadable(name, error)
            return false
        }
        guard let tensor else {
            if isListed {
                contents.addUnreadable(name, file.region.unsupported("The weight '\(name)' holds no numbers."))
            }
            return false
        }
        guard contents.add(name, tensor) else { throw file.region.corrupt("The weight '\(name)' occurs twice") }
        return true
    }

    /// A list of texts that may be split into numbered attributes, or `nil` when there is neither.
    private func list(_ name: String, of object: HDF5Object) throws(RecError) -> [String]? {
        var texts: [String: [String]] = [:]
        for attribute in try object.attributes() where attribute.name.hasPrefix(name) {
            texts[attribute.name] = try attribute.texts()
        }
        if let whole = texts[name] { return whole }
        guard texts["\(name)0"] != nil else { return nil }
        var result: [String] = []
        for index in 0... {
            guard let part = texts["\(name)\(index)"] else { break }
            result += part
        }
        return result
    }

    private func addressesByName(of group: HDF5Object) throws(RecError) -> [String: Int] {
        var addresses: [String: Int] = [:]
        for link in try HDF5Group.links(of: group) { addresses[link.name] = link.address }
        return addresses
    }

    /// The object at a path of several names below a group whose links are known.
    private func object(
        _ name: String,
        below group: HDF5Object,
        links: [String: Int],
        path: String
    ) throws(RecError) -> HDF5Object {
        var links = links
        var object = group
        for (index, part) in name.split(separator: "/").enumerated() {
            if index > 0 { links = try addressesByName(of: object) }
            guard let address = links[String(part)] else {
                throw file.region.corrupt("It lists '\(path)\(name)', which is missing")
            }
            object = try file.object(at: address)
        }
        return object
    }

    // MARK: All data sets

    private mutating func walk(_ group: HDF5Object, path: String, depth: Int) throws(RecError) {
        guard depth < Self.depthLimit else { throw file.region.corrupt("Its groups are nested too deeply") }
        // Links may form cycles.
        guard visited.insert(group.address).inserted else { return }
        var own: [String] = []
        for link in try HDF5Group.links(of: group) {
            if depth == 0, Self.optimizerGroups.contains(link.name) { continue }
            let name = path + link.name
            let object = try file.object(at: link.address)
            if !object.isDataset {
                try walk(object, path: name + "/", depth: depth + 1)
            } else if try add(object, name: name, isListed: false) {
                own.append(name)
            }
        }
        guard !own.isEmpty else { return }
        let isVariables = path == "vars/" || path.hasSuffix("/vars/")
        let location = String(path.dropLast(isVariables ? 6 : 1))
        let recorded = isVariables ? try group.texts("name")?.first : nil
        let last = location.split(separator: "/").last.map(String.init) ?? location
        contents.layers.append(.init(name: recorded ?? last, group: location, tensorNames: own))
    }
}
