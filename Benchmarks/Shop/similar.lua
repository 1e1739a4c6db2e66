-- Products similar to one drawn at random, from a file with an identifier on each line.
local requests = {}

function init(arguments)
  for id in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", "/products/" .. id .. "/similar?count=10")
  end
  math.randomseed(tonumber(arguments[2]))
end

function request()
  return requests[math.random(#requests)]
end

done = dofile(os.getenv("SHOP_LOAD") .. "/summary.lua")
