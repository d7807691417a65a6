-- SAFE ENGINE MUST: tell no addresses, which differ from run to run
-- verdict: words told none
return { notification = function(notice)
  local said = { string.format("%*", {}), string.format("%s %*", tostring, {}), `{ {} }`, tostring({}), tostring(tostring), template("{a}", { a = {} }), html.escape({}) }
  table.insert(said, select(2, pcall(error, {})))
  table.insert(said, select(2, pcall(table.concat, { {} })))
  local all = table.concat(said, " ")
  return { subject = if all:find("0x") then "ESCAPE " .. all else "told none", text = "t" }
end }
