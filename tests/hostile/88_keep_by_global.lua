-- SAFE ENGINE MUST: forget globals
-- verdict: words kept nothing
return { notification = function(notice)
  local before = seen
  seen = notice.client.name
  _G.also = seen
  return { subject = if before or before ~= rawget(_G, "before") then "ESCAPE " .. tostring(before) else "kept nothing", text = "t" }
end }
