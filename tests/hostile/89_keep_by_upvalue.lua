-- SAFE ENGINE MUST: forget locals of the script
-- verdict: words kept nothing
local seen
local cache = {}
return { notification = function(notice)
  local before = seen or next(cache)
  seen = notice.client.name
  cache[seen] = true
  return { subject = if before then "ESCAPE " .. before else "kept nothing", text = "t" }
end }
