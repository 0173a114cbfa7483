"""What an operator types: each command is one function, which brings Django up only when it runs. `spean.cli` names them."""
