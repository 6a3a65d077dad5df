"""The paper's questions as pure functions: from facts, draws and runs to labelled findings; one file each."""
