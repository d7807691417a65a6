-- SAFE ENGINE MUST: make closures anew, whatever the machine caches
-- verdict: words kept nothing
local function counter()
  local seen
  return function(name) local before = seen seen = name return before end
end
local count = counter()
local function plain() hits = (hits or 0) + 1 return hits end
return { notification = function(notice)
  local before = count(notice.client.name) or (plain() > 1 and "a count")
  local again = (function() return function() kept = kept or notice.client.name return kept end end)()
  if again() ~= notice.client.name then before = again() end
  return { subject = if before then "ESCAPE " .. before else "kept nothing", text = "t" }
end }
