package catalogue

import (
	"regexp"
	"strconv"
	"strings"

	"jieli/internal/domain"
)

// specials are the further rules of single fields, by key; they get the value in its type's canonical text.
var specials = map[string]func(Field, string) (string, *Fault){
	"id": checkID, "code": checkCode, "id_number": checkIDNumber, "phone": checkPhone, "uscc": checkCreditCode,
	"lon": degrees(180), "lat": degrees(90),
}

func checkID(f Field, value string) (string, *Fault) { return readID(reading{field: f}, value) }

func checkCode(f Field, value string) (string, *Fault) {
	code := domain.Code(folded(value))
	if !code.Valid() {
		return "", fault(f, value, "registry.not_code", nil)
	}
	return string(code), nil
}

func checkIDNumber(f Field, value string) (string, *Fault) {
	if _, ok := ReadIDNumber(value); !ok {
		return "", fault(f, "", "registry.bad_id_number", nil)
	}
	return value, nil
}

var phone = regexp.MustCompile(`^\+?\d[\d-]{5,18}\d$`)

func checkPhone(f Field, value string) (string, *Fault) {
	if !phone.MatchString(value) {
		return "", fault(f, "", "registry.bad_phone", nil)
	}
	return value, nil
}

func checkCreditCode(f Field, value string) (string, *Fault) {
	code := strings.ToUpper(folded(value))
	if !CreditCode(code) {
		return "", fault(f, value, "registry.bad_credit_code", nil)
	}
	return code, nil
}

var decimal = regexp.MustCompile(`^-?\d{1,3}(\.\d{1,8})?$`)

func degrees(most float64) func(Field, string) (string, *Fault) {
	return func(f Field, value string) (string, *Fault) {
		text := folded(value)
		if n, err := strconv.ParseFloat(text, 64); err != nil || !decimal.MatchString(text) || n < -most || n > most {
			return "", fault(f, value, "registry.not_degrees", map[string]any{"max": most})
		}
		return text, nil
	}
}
