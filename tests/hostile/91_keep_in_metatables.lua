-- SAFE ENGINE MUST: hand out no metatable that outlives the call
-- verdict: words kept nothing
return { notification = function(notice)
  local found
  for _, value in { "", _G, allow, notice, notice.client, notice.own, 5, true, print or 0, tostring } do
    local ok, meta = pcall(getmetatable, value)
    if ok and type(meta) == "table" then
      found = found or rawget(meta, "kept") or "a metatable"
      pcall(rawset, meta, "kept", notice.client.name)
    end
  end
  return { subject = if found then "ESCAPE " .. found else "kept nothing", text = "t" }
end }
