-- SAFE ENGINE MUST: forget what was raised and caught
-- verdict: words kept nothing
return { notification = function(notice)
  local _, stale = pcall(error)
  local _, missing = pcall(html.escape, setmetatable({}, { __tostring = function() return 5 end }))
  local _, native = pcall(date, 0, "%Q")
  for _, value in { stale, missing, native } do
    pcall(function() value.kept = notice.client.name end)
    local ok, kept = pcall(function() return value.kept end)
    if ok and kept then return { subject = "ESCAPE " .. kept, text = "t" } end
  end
  pcall(error, notice.client.name)
  xpcall(error, function(message) last = message end, notice.client.name)
  return { subject = if tostring(stale):find("patient") then "ESCAPE " .. stale else "kept nothing", text = "t" }
end }
