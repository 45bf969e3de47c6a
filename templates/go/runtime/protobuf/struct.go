package protobuf

import "fmt"

// NewStruct makes a Struct of a map of values that NewValue takes.
func NewStruct(fields map[string]any) (*Struct, error) {
	m := &Struct{Fields: make(map[string]*Value, len(fields))}
	for key, field := range fields {
		v, err := NewValue(field)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", key, err)
		}
		m.Fields[key] = v
	}
	return m, nil
}

// AsMap is the Struct as encoding/json would have it in a map.
func (m *Struct) AsMap() map[string]any {
	fields := make(map[string]any, len(m.GetFields()))
	for key, v := range m.GetFields() {
		fields[key] = v.AsAny()
	}
	return fields
}

// NewListValue makes a ListValue of values that NewValue takes.
func NewListValue(values []any) (*ListValue, error) {
	m := &ListValue{Values: make([]Value, len(values))}
	for i, value := range values {
		v, err := NewValue(value)
		if err != nil {
			return nil, fmt.Errorf("[%d]: %w", i, err)
		}
		m.Values[i] = *v
	}
	return m, nil
}

// AsSlice is the ListValue as encoding/json would have it.
func (m *ListValue) AsSlice() []any {
	values := make([]any, len(m.GetValues()))
	for i := range values {
		values[i] = m.Values[i].AsAny()
	}
	return values
}

// NewValue makes a Value of nil, a bool, a number, a string, a []any, a map[string]any or a message of this file.
func NewValue(v any) (*Value, error) {
	switch v := v.(type) {
	case nil:
		return &Value{Kind: new(ValueKindNullValue)}, nil
	case bool:
		return &Value{Kind: &ValueKindBoolValue{BoolValue: v}}, nil
	case float64:
		return number(v), nil
	case float32:
		return number(float64(v)), nil
	case int:
		return number(float64(v)), nil
	case int32:
		return number(float64(v)), nil
	case int64:
		return number(float64(v)), nil
	case uint:
		return number(float64(v)), nil
	case uint32:
		return number(float64(v)), nil
	case uint64:
		return number(float64(v)), nil
	case string:
		return &Value{Kind: &ValueKindStringValue{StringValue: v}}, nil
	case []any:
		list, err := NewListValue(v)
		if err != nil {
			return nil, err
		}
		return &Value{Kind: &ValueKindListValue{ListValue: *list}}, nil
	case map[string]any:
		fields, err := NewStruct(v)
		if err != nil {
			return nil, err
		}
		return &Value{Kind: &ValueKindStructValue{StructValue: *fields}}, nil
	case *Value:
		return v, nil
	case *ListValue:
		return &Value{Kind: &ValueKindListValue{ListValue: *v}}, nil
	case *Struct:
		return &Value{Kind: &ValueKindStructValue{StructValue: *v}}, nil
	}
	return nil, fmt.Errorf("xlc: a google.protobuf.Value cannot hold %T", v)
}

func number(v float64) *Value {
	return &Value{Kind: &ValueKindNumberValue{NumberValue: v}}
}

// AsAny is the value as encoding/json would have it.
func (m *Value) AsAny() any {
	switch kind := m.GetKind().(type) {
	case *ValueKindNumberValue:
		return kind.NumberValue
	case *ValueKindStringValue:
		return kind.StringValue
	case *ValueKindBoolValue:
		return kind.BoolValue
	case *ValueKindStructValue:
		return kind.StructValue.AsMap()
	case *ValueKindListValue:
		return kind.ListValue.AsSlice()
	}
	return nil
}
