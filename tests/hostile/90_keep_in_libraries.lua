-- SAFE ENGINE MUST: keep every library unchanged
-- verdict: words kept nothing
return { notification = function(notice)
  local found
  for _, part in { string, table, math, utf8, bit32, html, allow } do
    pcall(function() found = found or part.kept end)
    pcall(function() part.kept = notice.client.name end)
    pcall(rawset, part, "kept", notice.client.name)
    pcall(setmetatable, part, { __index = function() return notice.client.name end })
    pcall(table.clear, part)
    pcall(table.insert, part, notice.client.name)
    pcall(function() found = found or part.kept end)
  end
  return { subject = if found then "ESCAPE " .. found else "kept nothing", text = "t" }
end }
