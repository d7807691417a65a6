-- SAFE ENGINE MUST: give facts that cannot be written to
-- verdict: words kept nothing
return { notification = function(notice)
  local found
  for _, facts in { notice, notice.client, notice.practice, notice.recipient, notice.own } do
    for _, write in {
      function() facts.kept = "x" end, function() rawset(facts, "kept", "x") end, function() facts.name = "x" end,
      function() table.insert(facts, "x") end, function() table.clear(facts) end, function() table.move({ "x" }, 1, 1, 1, facts) end,
      function() table.sort(facts, function() facts[1] = "x" end) facts[1] = "x" end, function() setmetatable(facts, {}) end,
    } do
      if pcall(write) and (rawget(facts, "kept") or rawget(facts, 1) or rawget(facts, "name") == "x") then found = "a write" end
    end
    if getmetatable(facts) then found = "a metatable" end
  end
  return { subject = if found then "ESCAPE " .. found else "kept nothing", text = "t" }
end }
