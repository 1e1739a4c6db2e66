-- Searches by a picture drawn at random, from a file with a path on each line.
local requests = {}

function init(arguments)
  for path in io.lines(arguments[1]) do
    local file = assert(io.open(path, "rb"))
    local fields = { ["Content-Type"] = "image/jpeg" }
    requests[#requests + 1] = wrk.format("POST", "/search/image?count=10", fields, file:read("*a"))
    file:close()
  end
  math.randomseed(tonumber(arguments[2]))
end

function request()
  return requests[math.random(#requests)]
end

done = dofile(os.getenv("SHOP_LOAD") .. "/summary.lua")
