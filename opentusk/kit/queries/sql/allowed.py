"""What SQL of others may be made of. What is not in these lists is refused: lists of what is forbidden age badly."""

_AGGREGATES = """
any_value arg_max arg_min avg bit_and bit_or bit_xor bool_and bool_or corr count count_if count_star covar_pop
covar_samp entropy favg first fsum geomean histogram kurtosis last list mad max max_by mean median min min_by mode
product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope skewness
stddev stddev_pop stddev_samp string_agg group_concat sum sumkahan var_pop var_samp variance approx_count_distinct
approx_quantile
"""
_WINDOWS = """
row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
"""
_NUMBERS = """
+ - * / // % ** ^ @ abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees div divide add subtract multiply mod
even exp floor greatest least isfinite isinf isnan ln log log10 log2 pi pow power radians round round_even sign sin
sqrt tan trunc fdiv fmod gcd lcm factorial
"""
_TEXTS = """
|| ~~ !~~ ~~* !~~* ~ !~ ~~~ ^@ ascii chr concat concat_ws contains ends_with starts_with suffix prefix instr strpos
position lcase lower ucase upper left left_grapheme right length char_length character_length len lpad rpad ltrim rtrim
trim replace translate reverse split_part strip_accents substr substring strlen like_escape ilike_escape
not_like_escape not_ilike_escape regexp_matches regexp_full_match regexp_extract regexp_replace levenshtein
damerau_levenshtein jaccard jaro_similarity jaro_winkler_similarity hamming nfc_normalize format printf md5
sha256 hex unhex to_base64 bar
"""
_DATES = """
age century date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname
dayofmonth dayofweek dayofyear decade epoch epoch_ms extract hour isodow isoyear last_day make_date make_time
make_timestamp microsecond millennium millisecond minute month monthname quarter second strftime strptime try_strptime
time_bucket week weekday weekofyear year yearweek to_days to_hours to_minutes to_months to_seconds to_weeks to_years
current_date today
"""
_OTHERS = """
coalesce ifnull nullif if typeof list_value array_extract list_extract list_contains list_sort list_distinct
array_length struct_pack struct_extract hash constant_or_null grouping grouping_id
string_split str_split array_to_string
"""
FUNCTIONS = frozenset(f"{_AGGREGATES} {_WINDOWS} {_NUMBERS} {_TEXTS} {_DATES} {_OTHERS}".split())

CLASSES = frozenset(
    (
        "BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION",
        "OPERATOR", "PARAMETER", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "WINDOW",
    )
)  # fmt: skip
SOURCES = frozenset(("BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "SUBQUERY"))
NODES = frozenset(("SELECT_NODE", "SET_OPERATION_NODE"))
MODIFIERS = frozenset(
    (
        "DISTINCT_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "ORDER_MODIFIER", "ASCENDING", "DESCENDING",
        "ORDER_DEFAULT",
    )
)  # fmt: skip
TYPES = frozenset(
    (
        "BIGINT", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "INTEGER", "INTERVAL", "SMALLINT",
        "TIME", "TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_S", "TINYINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT",
        "VARCHAR", "INTEGER_LITERAL", "STRING_LITERAL", "NULL", "SQLNULL", "LIST", "CHAR",
    )
)  # fmt: skip
