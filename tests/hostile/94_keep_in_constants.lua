-- SAFE ENGINE MUST: make tables of constants anew
-- verdict: words kept nothing
return { notification = function(notice)
  local function constant() return { 1, 2, 3, name = "none" } end
  local one = constant()
  local before = one.name ~= "none" and one.name or one[4]
  one.name, one[4] = notice.client.name, notice.client.name
  local frozen = table.freeze({ constant() })
  frozen[1].name = notice.client.name
  if constant().name ~= "none" then before = constant().name end
  return { subject = if before then "ESCAPE " .. before else "kept nothing", text = "t" }
end }
