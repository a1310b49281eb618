"""Mends what LocalStack 4.14.0 misreads of CloudFormation."""

from localstack.services.cloudformation.engine.v2 import change_set_model_preproc, change_set_model_validator
from localstack.services.cloudformation.engine.v2.change_set_model import Nothing, is_nothing
from localstack.services.cloudformation.engine.validations import ValidationError

model = change_set_model_preproc.ChangeSetModelPreproc


def understand_escaped_variables():
    """CloudFormation makes ${NAME} of ${!NAME} in Fn::Sub. LocalStack looks for a resource !NAME."""

    class Known(frozenset):
        def __contains__(self, name):
            return name.startswith("!") or super().__contains__(name)

    resolve = model._resolve_pseudo_parameter

    def resolve_pseudo_parameter(self, pseudo_parameter_name):
        if pseudo_parameter_name.startswith("!"):
            return "${" + pseudo_parameter_name[1:] + "}"
        return resolve(self, pseudo_parameter_name)

    model._resolve_pseudo_parameter = resolve_pseudo_parameter
    for module in (change_set_model_preproc, change_set_model_validator):
        module._PSEUDO_PARAMETERS = Known(module._PSEUDO_PARAMETERS)


def update_options():
    """LocalStack turns no option on or off by an update. It refuses attributes of a resource that the option's condition
    leaves out before or after, does not split the previous value of a list, and keeps what should go. Creating a stack
    stays as strict as it is."""
    resolve = model._resolve_attribute
    visit_parameter = model.visit_node_parameter

    def resolve_attribute(self, arguments, select_before):
        try:
            return resolve(self, arguments, select_before)
        except ValidationError:
            if self._change_set.change_set_type == "UPDATE":
                return Nothing
            raise

    def visit_node_parameter(self, node_parameter):
        delta = visit_parameter(self, node_parameter)
        types = self.visit(node_parameter.type_)
        if isinstance(delta.before, str) and "CommaDelimitedList" in (types.before, types.after):
            delta.before = delta.before.split(",")
        return delta

    def visit_node_resources(self, node_resources):
        for resource in node_resources.resources:
            if not is_nothing(resource.condition_reference):
                condition = self._resolve_resource_condition_reference(resource.condition_reference)
                if condition.after is False and condition.before is not True:
                    continue
            self.visit(resource)

    model._resolve_attribute = resolve_attribute
    model.visit_node_parameter = visit_node_parameter
    model.visit_node_resources = visit_node_resources
