-- SAFE ENGINE MUST: give no name that reaches outside
-- verdict: words nothing reachable
return { notification = function(notice)
  local names = { "coroutine", "debug", "require", "loadstring", "load", "loadfile", "dofile", "getfenv", "setfenv", "newproxy", "collectgarbage",
    "gcinfo", "os", "io", "package", "print", "buffer", "vector", "module", "native", "shared", "game", "script" }
  local found = {}
  for _, name in names do if _G[name] ~= nil then table.insert(found, name) end end
  for _, name in { "dump", "pack", "packsize", "unpack" } do if string[name] then table.insert(found, "string." .. name) end end
  if math.random or math.randomseed then table.insert(found, "math.random") end
  if table.foreach or table.getn or table.maxn then table.insert(found, "table") end
  return { subject = if #found > 0 then "ESCAPE " .. table.concat(found, ",") else "nothing reachable", text = "t" }
end }
